// Chinese words of the page of the cars inside.
// Refusals come from the runtime with their own words.

export const inside = {
  inside: {
    title: '场内车辆',
    count: '{count} 辆',
    none: '场内没有车',
    noneWhy:
      '每辆车入场后在这里占一行,离场后消失。换系统当天,从原来的系统导出场内车辆的表格,在这里导入。',
    search: '查找车牌',
    noneFits: '没有符合的车',
    there: '在场',
    isThere: '{plate} 在场',
    entered: '入场时间',
    photo: '照片',
    recount: '清点',
    recountWhy: '走一遍停车场,把不在的车去掉勾选。它们的停车记录会一起结束,不收费,留下姓名和原因。',
    recountStop: '不清点',
    recountDo: '{count} 辆不在场,结束记录',
    recountTitle: '清点:{count} 辆不在场',
    bar: { carInLane: '正在车道上', chargeUnsettled: '扣费还没有结果' },
    import: '从表格导入',
    importWhy: '列:车牌、颜色、入场时间、车道。已在场的车不变,表格里没有的车也不变。',
    added: '将加入 {count} 辆',
    same: '已在场 {count} 辆,不变',
    missing: '场内另有 {count} 辆不在表格里,不变;不在场的请用清点',
    write: '写入 {count} 辆',
  },
}
