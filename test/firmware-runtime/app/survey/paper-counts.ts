// What is dear in making a document, out of the counts of the engine (test/kit/steps.ts): for the tests of reports.
// Names are those of the functions of the libraries that lay out and draw.
import type { Counted } from '../../../kit/steps.ts'

/** Steps of what lays out and packs, and of the program's own part; then what is dear. */
export const paperCounts = (counted: Counted) => ({
  steps: counted.steps('node_modules'),
  own: counted.steps('firmware-runtime'),
  fonts: counted.calls('node_modules/pdfkit/js/pdfkit.js', 'open'),
  passes: counted.calls('node_modules/pdfmake/js/LayoutBuilder.js', 'tryLayoutDocument'),
  texts: counted.calls('node_modules/pdfmake/js/DocMeasure.js', 'measureLeaf'),
  pictures: counted.calls('node_modules/@resvg/resvg-wasm/index.mjs', 'render'),
})
