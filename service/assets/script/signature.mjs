// A field to sign in with a finger: strokes, not a picture, so that paper shows them sharp. What is sent is the attachment
// that forms/packet/README.md describes. The pad itself is signature_pad.
import SignaturePad from 'signature_pad'

import { fitStrokes, isDrawn, packStrokes } from './strokes.mjs'

const height = 200
const mark = 'data:application/json;base64,'

function unpack(value) {
  try {
    return JSON.parse(atob(value.slice(mark.length)))
  } catch {
    return null
  }
}

function startPad(box) {
  const field = box.querySelector('input')
  const canvas = document.createElement('canvas')
  canvas.className = 'intake-pad'
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-labelledby', box.querySelector('[data-pad-label]').id)
  box.querySelector('[data-pad]').append(canvas)
  const pad = new SignaturePad(canvas, { penColor: '#0b0c0c', minWidth: 0.8, maxWidth: 2.4, throttle: 8 })
  let width = 0

  function keep() {
    const groups = pad.toData()
    field.value = isDrawn(groups) ? mark + btoa(packStrokes(groups, width, height)) : ''
    box.querySelectorAll('button').forEach((each) => { each.disabled = groups.length === 0 })
    field.dispatchEvent(new Event('change', { bubbles: true }))
  }

  // Turning the telephone changes the width: the strokes are drawn anew, whole.
  function layOut() {
    const wide = canvas.clientWidth
    if (wide === 0 || wide === width) return
    const before = width
    const groups = pad.toData()
    width = wide
    const ratio = Math.max(1, devicePixelRatio)
    canvas.width = Math.round(wide * ratio)
    canvas.height = Math.round(height * ratio)
    canvas.getContext('2d').scale(ratio, ratio)
    pad.clear()
    if (groups.length > 0) pad.fromData(fitStrokes(groups, before, wide))
    else if (before === 0) restore()
    box.querySelectorAll('button').forEach((each) => { each.disabled = pad.toData().length === 0 })
  }

  function restore() {
    const kept = field.value.startsWith(mark) && unpack(field.value)
    if (!kept?.strokes) return
    const groups = kept.strokes.map((stroke) => ({ penColor: '#0b0c0c', dotSize: 0, minWidth: 0.8, maxWidth: 2.4,
      velocityFilterWeight: 0.7, compositeOperation: 'source-over',
      points: stroke.map(([x, y], at) => ({ x, y, pressure: 0.5, time: at * 20 })) }))
    pad.fromData(fitStrokes(groups, kept.width, width))
  }

  pad.addEventListener('endStroke', keep)
  box.querySelector('[data-pad-clear]').addEventListener('click', () => { pad.clear(); keep() })
  box.querySelector('[data-pad-undo]').addEventListener('click', () => {
    const groups = pad.toData().slice(0, -1)
    pad.clear()
    if (groups.length > 0) pad.fromData(groups)
    keep()
  })
  new ResizeObserver(layOut).observe(canvas)
  layOut()
}

export function startPads() {
  for (const box of document.querySelectorAll('[data-signature]')) {
    // Where answers decide whether it is asked for, the page's other script shows it.
    if (!('item' in box.dataset)) box.hidden = false
    startPad(box)
  }
  // "Sign here with a finger" is offered where it can be done.
  for (const option of document.querySelectorAll('[data-needs-pad]')) option.hidden = false
}
