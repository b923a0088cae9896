// Makes photos smaller before they are sent: <input type="file" data-picture-side-max="2000"> bounds the longer side in pixels.
// What can't be read here is sent as it is, and the server says what it thinks of it.
import { holdBack } from './sending.mjs'

const lightEnoughBytes = 500_000
const quality = 0.85

export function fit(width, height, longest) {
  const scale = Math.min(1, longest / Math.max(width, height))
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

async function smaller(file, longest) {
  if (!/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type)) return file
  // Photos of telephones are turned by a note in the file: here the picture itself is.
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  try {
    const size = fit(picture.width, picture.height, longest)
    if (size.width === picture.width && file.size <= lightEnoughBytes) return file
    const canvas = Object.assign(document.createElement('canvas'), size)
    const pen = canvas.getContext('2d')
    // JPEG knows no transparency: what shines through is paper, not ink.
    pen.fillStyle = '#fff'
    pen.fillRect(0, 0, size.width, size.height)
    pen.drawImage(picture, 0, 0, size.width, size.height)
    const made = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', quality))
    if (!made || made.size >= file.size) return file
    return new File([made], file.name.replace(/\.[^.]*$/, '') + '.jpg', { type: 'image/jpeg' })
  } finally {
    picture.close()
  }
}

async function downscale(input) {
  const chosen = [...input.files]
  const made = await Promise.all(chosen.map((file) => smaller(file, Number(input.dataset.pictureSideMax)).catch(() => file)))
  // Another choice was made meanwhile.
  if (chosen.some((file, at) => input.files[at] !== file)) return
  const list = new DataTransfer()
  for (const file of made) list.items.add(file)
  input.files = list.files
}

export function startPhotos(form) {
  form.addEventListener('change', (event) => {
    if (event.target.matches('input[type=file][data-picture-side-max]')) holdBack(form, downscale(event.target))
  })
}
