// Chinese words of receipts: the paper itself is made by the runtime.
// A receipt that nobody knows to be printed is never called printed.

export const receipt = {
  receipt: {
    open: '收据',
    title: '停车收费收据',
    code: '收据的二维码',
    copy: '已经打印或存过一次,再印会标为副本。',
    print: '打印',
    printer: '打印机',
    pdf: '存成 PDF',
    close: '关闭',
    printed: '已在打印机 {printer} 上印出',
    saved: '已存到下载文件夹:{file}',
    nearEnd: '打印纸快用完了',
    noPrinter: '本车场没有配置收据打印机',
    waiting: '{count} 张收据要了没有印出:',
  },
}
