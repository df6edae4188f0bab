// Chinese words of the transactions of OBUs at named places (row 5).
// What they amount to comes from the runtime.

export const obuTries = {
  obuTries: {
    title: 'OBU 交易',
    none: '没有声明需求区',
    noneWhy: '这份勘测开始时没有声明需求区和触发点,不知道 OBU 该放在哪里。请新建勘测。',
    why: '至少 {obus} 个 OBU,在需求区四角与触发点、外圈 8 处各试 {tries} 次。第 5 项临界时由此判定;场强不符合的,交易成功也不改判。',
    obu: 'OBU 号',
    tries: '试验次数',
    good: '其中成功',
    record: '记录',
    recording: '正在记录…',
    undo: '撤回上一条',
    places: '先选位置,再填 OBU 号和次数;上下方向键换位置,回车记录',
    place: '位置',
    part: '部位',
    tried: '已试(成功 / 次数)',
    open: '未试',
    partOf: { inside: '需求区', ring: '外圈', other: '其他' },
    other: '其他位置',
    x: '横 (m)',
    y: '纵 (m)',
    wrong: {
      obu: '请填写 OBU 号',
      place: '请填写位置,例如 1.60 和 2.25',
      tries: '试验次数应为 1 到 1000 的整数',
      good: '成功次数应为 0 到试验次数之间的整数',
    },
  },
}
