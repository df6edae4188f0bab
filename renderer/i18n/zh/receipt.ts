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
    drawerShut: '收现金时钱箱不会自己打开,用钥匙开',
    noPrinter: '本车场没有配置收据打印机',
    openCount: '没有印出的收据 {count} 张',
    since: '要收据的时间',
    why: '没有印出的原因',
    sent: '已发往打印机,可能印出一部分',
    unsent: '没有发出,恢复后十分钟内自动补印一次',
    give: '补打或另给…',
    endTitle: '登记这张收据的结果',
    endDo: '登记结果',
    how: { seen: '看过打印机,已经印出', code: '司机已扫收据二维码', notWanted: '司机不要收据' },
    waits: '{count} 张收据没有印出,最早 {time}',
    go: '去处理',
    waiting: '{count} 张收据要了没有印出:',
  },
}
