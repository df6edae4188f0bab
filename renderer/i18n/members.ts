// Words of the page of members: period passes, white list, emergency vehicles, visitors, and the file of them.
// Refusals come from the runtime with their own words.
import { t } from '../../firmware-runtime/core/values/fault-text.ts'

export const members = {
  members: {
    title: t('月租车与名单', 'Passes and lists'),
    none: t('还没有名单', 'No list yet'),
    noneWhy: t(
      '加上月租车、白名单、应急车辆或访客,或从表格导入。名单内的时段不收费,其余时段照常计费。',
      'Add period passes, a white list, emergency vehicles or visitors, or import a table. Time that the list covers costs nothing, other time is charged as usual.',
    ),
    search: t('查找车牌、姓名或编号', 'Find a plate, a name or a number'),
    count: t('共 {count} 项,{inside} 辆在场', '{count} entries, {inside} cars inside'),
    no: t('编号', 'Number'),
    kind: t('类别', 'Kind'),
    kindOf: {
      period: t('月租车', 'Period pass'),
      white: t('白名单', 'White list'),
      emergency: t('应急车辆', 'Emergency vehicle'),
      visitor: t('访客', 'Visitor'),
      points: t('积分会员', 'Points'),
    },
    name: t('车主或单位', 'Holder'),
    plates: t('车牌', 'Plates'),
    platesWhy: t(
      '多个车牌用空格分开;应急车辆可写 * 加最后一个字,例如 *警',
      'Blanks between several plates; an emergency vehicle may be * with the last character of its plate',
    ),
    spaces: t('车位数', 'Spaces'),
    spacesWhy: t(
      '同一时间最多几辆不收费;空着为不限。后进场的车在有空位之前按临停计费',
      'How many cars at one time cost nothing; empty for no limit. A later car pays as any until a space is free',
    ),
    noLimit: t('不限', 'no limit'),
    areas: t('区域', 'Areas'),
    allAreas: t('全场', 'whole lot'),
    from: t('起始日', 'First day'),
    until: t('截止日', 'Last day'),
    sold: t('收款(元)', 'Sold for, yuan'),
    soldNone: t('不收款', 'not sold'),
    means: t('收款方式', 'Taken by'),
    soldWhy: t(
      '月租费计入今日收费和钱箱,不属于任何一次停车',
      'The money of a pass counts in the takings of today and in the drawer; it is of no stay',
    ),
    untilWhy: t(
      '当天有效到 24 时;白名单和应急车辆可以空着',
      'Valid until 24:00 of that day; white list and emergency vehicles may have none',
    ),
    noEnd: t('长期', 'open end'),
    state: t('状态', 'State'),
    stateOf: {
      valid: t('有效', 'valid'),
      notYet: t('未开始', 'not yet'),
      expired: t('已到期', 'expired'),
    },
    daysLeft: t('还有 {count} 天', '{count} days left'),
    inside: t('在场', 'Inside'),
    isInside: t('{plate} 在场', '{plate} inside'),
    pays: t(
      '{plate} 在场,车位已占用,按临停计费',
      '{plate} inside, its spaces are taken: it pays as any car',
    ),
    add: t('加一项', 'Add an entry'),
    renew: t('续期或修改', 'Renew or change'),
    renewTitle: t('续期或修改 {no}', 'Renew or change {no}'),
    save: t('保存', 'Save'),
    reverse: t('收回', 'Take back'),
    reverseTitle: t('收回 {no} {name}', 'Take back {no} {name}'),
    reverseWhy: t(
      '从现在起不再有效;在场的车,之前的时段仍不收费。',
      'Not valid from now on; what a car inside has parked before stays free.',
    ),
    salePaid: t(
      '{no} 已收回:共收 {paid},收回时还可退 {left}。退款在下面办理。',
      '{no} was taken back: {paid} were paid, {left} of it could go back then. It is given back below.',
    ),
    import: t('从表格导入', 'Import a table'),
    importWhy: t(
      '导入只新增和修改:表格里没有的保留不动。下面是要改动的内容,确认后一次写入。',
      'An import adds and changes: who is not in the table stays. This is what it changes; it is written at once or not at all.',
    ),
    export: t('导出表格', 'Export a table'),
    exported: t('已导出 {count} 项', '{count} entries exported'),
    added: t('新增 {count} 项', 'New: {count}'),
    changed: t('修改 {count} 项', 'Changed: {count}'),
    ended: t(
      '不在表格里,保留;可收回 {count} 项',
      'Not in the table, they stay; can be taken back: {count}',
    ),
    same: t('不变 {count} 项', 'Unchanged: {count}'),
    write: t('写入名单', 'Write the list'),
    writeComplete: t(
      '这份名单是完整的:写入,并收回其余 {count} 项',
      'This list is complete: write it, and take the other {count} back',
    ),
  },
}
