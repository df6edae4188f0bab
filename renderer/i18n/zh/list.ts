// Chinese words of the status list: how old it is, where it comes from, and when lanes stop to debit cards by themselves.
// What failed has its words in the fault table.

export const list = {
  list: {
    title: '状态名单',
    state: '时效',
    stateOf: {
      fresh: '新的',
      old: '下载晚了',
      expired: '超过时限,车道不自行扣卡',
      none: '还没有名单',
    },
    age: '{age}前',
    version: '版本',
    sourceOf: { platform: '平台签名', file: '数据目录里的文件,未签名', none: '没有来源' },
    count: '{n} 个卡号和标签号',
    until: '扣卡用到',
    next: '下次下载',
    nobody: '没有接入平台,不下载',
    now: '现在下载',
    full: '下载全量',
    take: '用优盘导入',
    takeIt: '导入',
    file: '名单文件(平台的应答,连同签名)',
    running: '正在下载…',
    did: '名单已是最新',
    why: '每 15 分钟下载一次变化,每天下载一次全量;签名、版本和时间不对的一律不用,继续用原来的名单。',
    thisLane: '本车道',
    ends: '{time} 起{lane}不再自行扣卡({why});之后:{then}',
    ended: '{lane}从 {time} 起不再自行扣卡({why});现在:{then}',
    whyOf: { listTooOld: '状态名单过旧', signInExpired: '天线签到到期' },
    thenOf: { code: '扫码支付或人工', person: '人工处理' },
  },
}
