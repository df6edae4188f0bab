// Chinese words of payments by code at a stay, and of money that goes back.
// A refund is done when the gateway says so, and the words never say it before.

export const codes = {
  codes: {
    title: '扫码支付',
    no: '支付单号',
    state: '状态',
    paid: '已收',
    back: '退款',
    is: {
      made: '已记账',
      sent: '已发出',
      pending: '等待付款',
      paid: '已付款',
      failed: '未付款',
      cancelling: '正在撤销',
      closed: '已关闭',
      reversed: '已撤销',
      odd: '需人工核对',
    },
    refund: {
      sent: '已批准并发出,等待网关',
      unknown: '结果未知,正在查询',
      done: '已退回',
      refused: '网关拒绝',
    },
    late: '迟到的付款,自动退回',
    alone: '{by} 申请,没有第二人可批准',
    two: '{by} 申请,{second} 批准',
    give: '退款…',
    giveTitle: '退回扫码支付的款项',
    giveWhy: '最多可退 {amount},按原路退回。一人申请,另一人批准;退完以支付网关的查询为准。',
    giveDo: '申请退款 {amount}',
    yuan: '退款金额(元)',
    second: '批准人',
    bad: '金额须大于 0 且不超过可退金额,批准人须填写',
  },
}
