// Chinese words of one set of values for many lanes, and of levels that are read off an instrument.
// How a trial ends has its words with the devices screen.

export const bundle = {
  bundle: {
    title: '同样的值写到多条车道',
    why: '用上面填的值(或预设、备份)。每条车道各自备份、各自试运行,一条不通不影响别的;有一项不允许的车道整条不写。',
    fill: '先在上面的表格里填值,再对比。',
    lanes: '车道',
    compare: '对比所选车道',
    comparing: '正在对比',
    write: '写入 {n} 条车道并试运行',
    writeTitle: '写入 {n} 条车道的天线',
    col: { lane: '车道', change: '改动', result: '结果' },
    nothing: '没有改动',
    not: '设备没有:{names}',
    refused: '不允许:{names}',
    is: {
      same: '已是这些值',
      wouldWrite: '可写入',
      refused: '不写:有不允许的值',
      writing: '正在写入,等设备应答',
      trial: '试运行中,等测试车',
      recorded: '已记录',
      failed: '没有写入',
      ended: '试运行结束',
    },
    sum: '{kept} 条已保留 · {back} 条已恢复或没有写入 · {open} 条还在试运行',
  },
  fieldPoint: {
    title: '场强读数',
    why: '把仪器放在一处,填地点和读数;同一地点再填就替换。读数属于正在进行的这次测量,改前改后并排比较。',
    place: '地点,例如 2.5 m',
    level: '读数 (dBm)',
    range: '-120 到 40 dBm,最多两位小数',
    add: '记下读数',
    none: '还没有读数',
    at: '{place} 读得 {dbm} dBm',
  },
}
