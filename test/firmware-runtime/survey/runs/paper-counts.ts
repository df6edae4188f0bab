// The costly steps of making a document, from the engine's counters (test/kit/steps.ts), for the tests of reports.
// The names are those of functions in the layout and drawing libraries.
import type { Counted } from '../../../kit/steps.ts'

/** Steps of layout and packing, steps of our own code, and counts of the costly functions. */
export const paperCounts = (counted: Counted) => ({
  steps: counted.steps('node_modules'),
  own: counted.steps('firmware-runtime'),
  fonts: counted.calls('node_modules/pdfkit/js/pdfkit.js', 'open'),
  passes: counted.calls('node_modules/pdfmake/js/LayoutBuilder.js', 'tryLayoutDocument'),
  texts: counted.calls('node_modules/pdfmake/js/DocMeasure.js', 'measureLeaf'),
  pictures: counted.calls('node_modules/@resvg/resvg-wasm/index.mjs', 'render'),
})
