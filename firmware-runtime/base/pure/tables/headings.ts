// Headings of the lists of other parking software, by what stands below them. Of several in one file the earliest of a
// list is read, and the others are kept aside (ADR 382).

export const plateHeads = [
  '车牌号',
  '车牌号码',
  '号牌号码',
  '号牌',
  '车号',
  '车辆号牌',
  '车辆牌照',
  '车牌列表',
] as const

export const memberHeads = [
  '会员编号',
  '会员号',
  '会员卡号',
  '卡号',
  '卡编号',
  '月卡编号',
  '用户编号',
  '客户编号',
  '人员编号',
  '车主编号',
] as const

export const nameHeads = [
  '车主姓名',
  '车主',
  '会员姓名',
  '用户姓名',
  '客户姓名',
  '客户名称',
  '业主姓名',
  '人员姓名',
  '持卡人',
  '联系人',
] as const

export const firstDayHeads = [
  '开始日期',
  '起始日期',
  '开始日',
  '开始时间',
  '起始时间',
  '生效日期',
  '生效日',
  '生效时间',
  '有效期起',
  '有效期开始',
  '有效开始日期',
  '有效期开始时间',
] as const

export const lastDayHeads = [
  '结束日期',
  '截止日期',
  '结束日',
  '结束时间',
  '截止时间',
  '到期日',
  '到期日期',
  '到期时间',
  '失效日期',
  '失效时间',
  '有效期止',
  '有效期至',
  '有效期到',
  '有效期结束',
  '有效结束日期',
  '有效期结束时间',
] as const

export const enteredHeads = [
  '进场时间',
  '入场日期时间',
  '进场日期时间',
  '进入时间',
  '驶入时间',
  '入口时间',
  '入车时间',
  '停车开始时间',
] as const
