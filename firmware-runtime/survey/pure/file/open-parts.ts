// Questions of row 2 of table D.1 at the readers of an open lot (clause 7.2): each is for readers or for layouts.
import { part } from '../checks.ts'

export const openParts = [
  part(
    'gantry-places',
    ['道路两端和关键路口有门架天线', 'Gantries at both ends and at key junctions'],
    [
      '沿路走一遍:道路两端、关键路段、卡口或主干道路口都有门架;逐个拍照',
      'Follow the road: gantries stand at both ends, at key sections, checkpoints or main junctions; photograph each',
    ],
    '7.2.1 b, 7.2.4 a, 7.2.5 a',
    true,
    ['gantry'],
  ),
  part(
    'gantry-frame',
    ['门架是 L 型立柱加横杆或龙门架', 'Gantry is an L-shaped pole with an arm, or a portal'],
    ['拍下整个门架', 'Photograph the whole gantry'],
    '7.2.1 a',
    true,
    ['gantry'],
  ),
  part(
    'gantry-antennas',
    ['天线台数与车道宽相符', 'Number of antennas fits the width of the lane'],
    [
      '窄于 3 m 的车道 1 台,宽于 3 m 的 2 台;正好 3 m 时两种都可以',
      'One above a lane narrower than 3 m, two above a wider one; at exactly 3 m either will do',
    ],
    '7.2.1 d',
    false,
    ['gantry'],
  ),
  part(
    'gantry-power',
    ['天线常开,功率为最大值', 'Antenna always on, at its maximum power'],
    ['在天线设置里核对', 'Check it in the settings of the antenna'],
    '7.2.1 c',
    false,
    ['gantry'],
  ),
  part(
    'cameras-above',
    ['高位摄像机在泊位上方,高度足够', 'Cameras above the spaces, high enough'],
    [
      '高度宜不低于 5.5 m,宜有雷达或补光灯;看每个泊位都在轮巡画面里',
      'Should be 5.5 m or higher, with a radar or a fill light; see that every space comes into view in turn',
    ],
    '7.2.1 e, f',
    true,
    ['7.2.1'],
  ),
  part(
    'cameras-behind',
    ['路侧摄像机在车尾右后方', 'Roadside cameras behind the tail, at the right'],
    ['在几个泊位停车,看识别画面', 'Park at some of the spaces and look at the picture'],
    '7.2.4 b',
    true,
    ['7.2.4'],
  ),
  part(
    'pile-place',
    ['识别桩在泊位右前方,能与 OBU 通信', 'Pile at the right front, reaches the OBU'],
    [
      '泊位首尾相邻;在泊位停一辆有 OBU 的车,识别桩能读到',
      'The spaces are head to tail; park a car with an OBU, the pile reads it',
    ],
    '7.2.2 a, b',
    true,
    ['pile'],
  ),
  part(
    'pile-keys',
    ['识别桩使用远程在线密钥服务', 'Pile uses an online key service'],
    ['在识别桩的设置里核对', 'Check it in the settings of the pile'],
    '7.2.2 d',
    false,
    ['pile'],
  ),
  part(
    'sensors-flush',
    ['地磁在泊位路面地下,与路面齐平', 'Sensors in the road, flush with its surface'],
    [
      '用直尺横过检测器,看不高出也不凹下',
      'Lay a ruler across: it neither sticks out nor lies deeper',
    ],
    '7.2.2 c, 7.2.3 a, 7.2.5 b',
    true,
    ['7.2.2', '7.2.3', '7.2.5'],
  ),
  part(
    'handheld-use',
    ['手持机读 OBU 并拍停放照片', 'Handheld reads the OBU and takes photos'],
    ['对一辆停好的车做一次', 'Do it once with a parked car'],
    '7.2.3 b',
    true,
    ['handheld'],
  ),
  part(
    'patrol-use',
    ['巡检车记录车辆并录像取证', 'Patrol car records the cars, with video'],
    [
      '开过一段路,回看录像;每台车宜巡检 200~500 个泊位',
      'Drive along a street and look at the video; one car should serve 200 to 500 spaces',
    ],
    '7.2.5 c',
    true,
    ['patrolCar'],
  ),
]
