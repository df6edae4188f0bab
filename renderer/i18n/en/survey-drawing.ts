// English words of a survey's drawing: its scale, the distance that proves it, where the grid lies.
// Points are letters, the same in every language.
import type { surveyDrawing as zh } from '../zh/survey-drawing.ts'

export const surveyDrawing: typeof zh = {
  surveyDrawing: {
    picture: 'Drawing of the site and its points',
    pick: 'Choose a plan or photo from above…',
    empty:
      'Choose a plan of the site or a photo from above. A long known distance gives the scale, a second distance proves it; then the grid is laid on it.',
    known: 'Known distance A–B',
    check: 'Check distance C–D',
    metre: 'm',
    need: 'Type both distances; each has at least {px} pixels on the picture.',
    scale: '{mm} mm a pixel',
    verdict: {
      fits: 'The check is off by {percent} %, within 2 %',
      off: 'The check is off by {percent} %, more than 2 %: look at both distances and their ends',
      contradicts:
        'The check is off by {percent} %, more than 10 %: the distances contradict each other and are not recorded',
    },
    point: {
      A: 'A known, start',
      B: 'B known, end',
      C: 'C check, start',
      D: 'D check, end',
      O: "O grid origin (by the boom, driver's left)",
      Y: 'Y towards the cars that come',
    },
    keys: 'Drag the points; with one chosen, arrow keys move it by 1 pixel, with Shift by 10; or type.',
  },
}
