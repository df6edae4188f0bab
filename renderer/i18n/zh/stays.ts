// Chinese words of the list of stays to check.
// Closing a stay moves no money, and the words say so; settling a charge books what was found.

export const stays = {
  stays: {
    title: '待核对的停车记录',
    back: '返回账本',
    toCheck: '待核对 {count} 条',
    toCheckNone: '待核对',
    why: '超过 {days} 天未结束的有 {count} 条;场内共计 {inside} 辆。多半是车牌误读,车早已离场。',
    empty: '没有待核对的记录',
    emptyWhy: '车牌误读会让入场记录一直不结束;这样的记录和可能对应的出场会列在这里。',
    pairs: '可能是同一辆车',
    pairsWhy: '出场时没有入场记录,而车牌与一条未结束的入场只差一个字。请核对照片后合并。',
    refunds: '需人工退还的款项',
    refundsWhy:
      '车主付了两次,而平台没有这笔扣费或拒绝退费;或者天线从卡内多扣:钱要由人退还。退还后在此登记,金额和姓名记入账本。',
    refundWhy: {
      never: '平台没有这笔扣费',
      rejected: '平台拒绝退费',
      overcharged: '天线从卡内多扣',
    },
    giveBack: '已退还…',
    giveBackTitle: '登记已退还的款项',
    giveBackWhy: '请在钱已退到车主手中之后登记。登记后不可更改,也不会再向平台申请退费。',
    giveBackDo: '登记已退还 {amount}',
    charges: '结果不明的卡内扣费',
    chargesWhy:
      '已向卡片发出扣费,没有得到结果,车已离开。系统不会猜,也不会再扣:请按清分对账单或卡内记录填写结果。金额计入未入账金额。',
    settle: '填写结果…',
    settleTitle: '核实一笔扣费',
    settleAny: '记入账本',
    settleWhy:
      '结果记入账本,不可更改。已扣费:订单按 ETC 付讫,因没有 TAC 不能上传,另记一条异常。未扣费:订单仍未付,可追缴。',
    settleDo: { paid: '记为已扣费 {amount}', notPaid: '记为未扣费 {amount}' },
    found: { legend: '查明的结果', paid: '已扣费', notPaid: '未扣费', need: '请选择查明的结果' },
    old: '超过 {days} 天未结束',
    col: {
      entered: '入场时间',
      plate: '入场车牌',
      left: '出场',
      exitPlate: '出场车牌',
      lane: '入场车道',
      paid: '已付',
      asked: '扣费时间',
      since: '应退时间',
      why: '原因',
      atLane: '车道',
      card: '卡号',
      amount: '金额',
    },
    join: '合并…',
    close: '结束…',
    closeTitle: '结束停车记录',
    joinTitle: '合并为同一辆车',
    closeDo: '结束 {plate} 的记录',
    joinDo: '把 {plate} 并入 {exit}',
    closeWhy:
      '请先核对照片,确认车辆不在场内。记录就此结束,场内车数减一;不产生订单,不收也不退任何钱。姓名和原因记入账本。',
  },
}
