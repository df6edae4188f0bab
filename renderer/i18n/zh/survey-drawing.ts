// Chinese words of a survey's drawing: its scale, the distance that proves it, where the grid lies.
// Points are letters, the same in every language.

export const surveyDrawing = {
  surveyDrawing: {
    picture: '现场图纸与标定点',
    pick: '选择图纸或俯视照片…',
    empty:
      '选一张现场平面图或俯视照片。标出一段已知的长距离得到比例,再用另一段距离验证,然后把测点网格放上去。',
    known: '已知距离 A–B',
    check: '验证距离 C–D',
    metre: '米',
    need: '填入两段距离;每段在图上至少 {px} 像素。',
    scale: '每像素 {mm} 毫米',
    verdict: {
      fits: '验证误差 {percent} %,在 2 % 以内',
      off: '验证误差 {percent} %,超过 2 %:请核对两段距离和端点',
      contradicts: '验证误差 {percent} %,超过 10 %:两段距离互相矛盾,不能记录',
    },
    point: {
      A: 'A 已知距离起点',
      B: 'B 已知距离终点',
      C: 'C 验证距离起点',
      D: 'D 验证距离终点',
      O: 'O 网格原点(近道闸、驾驶员左侧)',
      Y: 'Y 来车方向',
    },
    keys: '端点可拖动;选中后用方向键移动 1 像素,加 Shift 移动 10 像素;也可直接填数。',
  },
}
