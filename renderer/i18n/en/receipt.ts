// English words of receipts: the paper itself is made by the runtime.
// Its keys are those of the Chinese catalogue.

export const receipt = {
  receipt: {
    open: 'Receipt',
    title: 'Receipt of the stay',
    code: 'QR code of the receipt',
    copy: 'It was printed or saved once: the next one is marked as a copy.',
    print: 'Print',
    printer: 'Printer',
    pdf: 'Save as PDF',
    close: 'Close',
    printed: 'Printed on {printer}',
    saved: 'Saved in the downloads folder: {file}',
    nearEnd: 'The paper is nearly out',
    noPrinter: 'This lot has no receipt printer',
    waiting: '{count} receipts were asked for and did not print:',
  },
}
