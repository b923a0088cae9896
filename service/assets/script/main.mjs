// Every page works without this. Where it runs, questions come and go, answers are kept while they are typed, and a form is
// sent once.
import { Autosave } from './autosave.mjs'
import { startExclusiveChoices, startLiveQuestions } from './live_questions.mjs'
import { startPhotos } from './photos.mjs'
import { guardSending } from './sending.mjs'

for (const form of document.querySelectorAll('form[method=post]')) {
  const autosave = 'revision' in form.dataset ? new Autosave(form) : null
  // First, so that what follows sees the choices as they stay.
  startExclusiveChoices(form)
  startLiveQuestions(form)
  startPhotos(form)
  guardSending(form, autosave)
}
