// Chinese words of what a person must do now: the line above every page, its count and its sound.
// One sentence a row: where, what, since when.

export const attention = {
  attention: {
    car: '{lane} 有车等待人工:{plate},{reason}',
    device: '{lane} {device}失联',
    deviceWhy: '{lane} {device}失联:{why}',
    boom: '{lane} 道闸没有收到命令就抬起',
    printer: '收据打印机 {printer} 不能打印{why}',
    receipts: '{count} 张收据没有印出,打印机 {printer}{why}',
    since: {
      car: '已等 {age}',
      device: '已 {age}',
      boom: '{age}前',
      call: '{age}前',
      printer: '已 {age}',
    },
    call: '{lane} 呼叫值班员:{cause}{hook}',
    cause: {
      button: '车道按钮',
      waiting: '车辆久等',
      noMeans: '出不了二维码,车辆无法缴费',
      asked: '对讲或其他程序',
    },
    hook: {
      none: ',未设外部通知',
      sending: ',正在通知',
      sent: ',已通知',
      notSent: ',通知没有送到',
    },
    takeCall: '我来处理',
    taken: '接听呼叫',
    somebody: '值班员',
    go: '去处理',
    more: '还有 {count} 件',
    less: '收起',
    mute: '静音',
    soundOn: '提示音已关,打开',
    count: '{count} 件待处理',
  },
}
