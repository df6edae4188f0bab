// Words of a survey's drawing: its scale, the distance that proves it, where the grid lies.
// Points are letters, the same in every language.
import { t } from '#base/pure/words/fault-text.ts'

export const surveyDrawing = {
  picture: t('现场图纸与标定点', 'Site drawing and its points'),
  pick: t('选择图纸或俯视照片…', 'Choose a plan or photo from above…'),
  empty: t(
    '选一张现场平面图或俯视照片。标出一段已知的长距离得到比例,再用另一段距离验证,然后把测点网格放上去。',
    'Choose a site plan or a photo from above. Mark a long known distance for the scale and check it with a second distance; then place the grid on it.',
  ),
  known: t('已知距离 A–B', 'Known distance A–B'),
  check: t('验证距离 C–D', 'Check distance C–D'),
  metre: t('米', 'm'),
  need: t(
    '填入两段距离;每段在图上至少 {px} 像素。',
    'Enter both distances; each must span at least {px} pixels in the picture.',
  ),
  scale: t('每像素 {mm} 毫米', '{mm} mm per pixel'),
  verdict: {
    fits: t('验证误差 {percent} %,在 2 % 以内', 'The check is off by {percent} %, within 2 %'),
    off: t(
      '验证误差 {percent} %,超过 2 %:请核对两段距离和端点',
      'The check is off by {percent} %, more than 2 %: check both distances and their end points',
    ),
    contradicts: t(
      '验证误差 {percent} %,超过 10 %:两段距离互相矛盾,不能记录',
      'The check is off by {percent} %, more than 10 %: the distances contradict each other and cannot be recorded',
    ),
  },
  point: {
    A: t('A 已知距离起点', 'A known, start'),
    B: t('B 已知距离终点', 'B known, end'),
    C: t('C 验证距离起点', 'C check, start'),
    D: t('D 验证距离终点', 'D check, end'),
    O: t('O 网格原点(近道闸、驾驶员左侧)', "O grid origin (by the boom, driver's left)"),
    Y: t('Y 来车方向', 'Y towards arriving cars'),
  },
  keys: t(
    '端点可拖动;选中后用方向键移动 1 像素,加 Shift 移动 10 像素;也可直接填数。',
    'Drag the points; arrow keys move the chosen one by 1 pixel, with Shift by 10; or enter numbers.',
  ),
}
