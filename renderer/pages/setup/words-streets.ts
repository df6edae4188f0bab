// Words of the streets of an open car park, as the set-up asks for them. Part of the words of the set-up.
import { t } from '#base/pure/words/fault-text.ts'

export const streets = {
  kind: t('停车场的形式', 'Type of car park'),
  enclosed: t('封闭式:有道闸的出入口', 'enclosed: lanes with booms'),
  open: t('开放式:路侧泊位', 'open: spaces along streets'),
  noLanes: t(
    '这种布局没有车道:识别桩和检测器在“停车场”一步随泊位填写',
    'This layout has no lanes: piles and sensors are entered with the spaces, in the step of the car park',
  ),
  title: t('路段和泊位', 'Streets and spaces'),
  gantry: t('门架', 'Gantry'),
  addLane: t('加一行:{lane}', 'Add: {lane}'),
  antennas: t(
    '每个天线一行:车道上方有两个天线就加两行',
    'One row an antenna: two rows where two antennas hang over a road lane',
  ),
  street: t('路段 {n}', 'Street {n}'),
  add: t('加一个路段', 'Add a street'),
  remove: t('移除路段', 'Remove the street'),
  name: t('路段名称', 'Street name'),
  stand: t('泊位的排列', 'How cars stand'),
  spaces: t('泊位号', 'Space numbers'),
  spacesWhy: t(
    '例如 A01-A40;中间有路口或大门时另起一行,两行的泊位不算相邻',
    'Such as A01-A40. Begin a new line at a junction or gate: spaces of two lines are not neighbours',
  ),
  sensors: t('检测器编号', 'Sensor numbers'),
  sensorsWhy: t(
    '每行一个,按泊位的顺序;可以从表格整列粘贴',
    'One a line, in the order of the spaces; a column of a spreadsheet can be pasted',
  ),
  piles: t('识别桩天线的地址', 'Addresses of the piles'),
  pilesWhy: t(
    '每行一个,按泊位的顺序,例如 tcp://192.0.2.20:9000',
    'One a line, in the order of the spaces, such as tcp://192.0.2.20:9000',
  ),
  count: t('{spaces} 个泊位,{sensors} 个检测器', '{spaces} spaces, {sensors} sensors'),
  countCameras: t(
    '{spaces} 个泊位,{sensors} 个有相机看着',
    '{spaces} spaces, {sensors} seen by a camera',
  ),
  countPiles: t(
    '{spaces} 个泊位,{sensors} 个检测器,{piles} 个识别桩',
    '{spaces} spaces, {sensors} sensors, {piles} piles',
  ),
  tooMany: t('写了 {count} 个,泊位只有 {spaces} 个', '{count} are named for {spaces} spaces'),
  file: t('从表格导入泊位', 'Import spaces from a table'),
  fileWhy: t(
    '表格里的泊位替换上面的全部路段;CSV 或 Excel 都可以',
    'The spaces of the table replace all streets above; CSV or Excel',
  ),
  drawing: t('从图纸(DXF)导入泊位', 'Import spaces from a drawing (DXF)'),
  drawingFile: t('图纸文件', 'Drawing file'),
  drawingWhy: t(
    '文字形式的 DXF,最大 20 MB。每个泊位是一个闭合的框或图块,里面写泊位号;一个图层一个路段',
    'DXF in text form, at most 20 MB. Each space is a closed frame or a block with its number inside; a layer is a street',
  ),
  drawingLayer: t('泊位所在的图层', 'Layer with the spaces'),
  drawingLayerWhy: t(
    '不填:名字里有“泊位”“车位”“SPACE”或“PARK”的图层',
    'Empty: layers whose name says space or park, in either language',
  ),
  drawingRead: t('读图纸', 'Read the drawing'),
  read: t(
    '读到 {streets} 个路段、{spaces} 个泊位',
    '{streets} streets with {spaces} spaces were read',
  ),
  cameras: t('相机和它给泊位的编号', 'Cameras, and the number that each gives a space'),
  camerasWhy: t(
    '每行一个,按泊位的顺序:cam/3 是相机 cam 的 3 号泊位;cam/1-6 是它的六个',
    'One a line, in the order of the spaces: cam/3 is space 3 of camera cam; cam/1-6 are six of it',
  ),
  cameraSources: t('泊位相机的接入', 'Connection of the cameras of spaces'),
  sensorSources: t('检测器的接入', 'Connection of the sensors'),
  source: t('接入', 'Connection'),
  nbIot: t('检测器的平台推送到本机', 'The platform of the sensors pushes here'),
  broker: t('MQTT(右边写地址)', 'MQTT (address on the right)'),
  brokerWhy: t(
    '例如 mqtt://192.168.1.5:1883?profile=厂家/型号',
    'Such as mqtt://192.168.1.5:1883?profile=vendor/model',
  ),
  addCamera: t('加一个相机', 'Add a camera'),
  addSource: t('加一个接入', 'Add a connection'),
  removeSource: t('移除', 'Remove'),
  pushTo: t('在 {id} 里填这个推送地址:', 'Enter this push address in {id}:'),
}
