// Check list for a lot that takes reservations (Annex A of the standard is normative there): rows as data.
// The source only says that the annex sets building requirements; the content of each row is assumed.
import type { LotRequirement } from '../../../ports/reservation.ts'

const row = (
  id: string,
  judge: LotRequirement['judge'],
  zh: string,
  en: string,
): LotRequirement => ({ id, judge, zh, en })

export const annexA: readonly LotRequirement[] = [
  row('A-01', 'platform', '已接入预约共享停车平台并配置密钥', 'joined to the platform, with a key'),
  row('A-02', 'spaces', '可预约车位数不超过车位总数', 'no more bays to reserve than the lot has'),
  row('A-03', 'camera', '每条车道有车牌识别', 'a plate camera in every lane'),
  row('A-04', 'barrier', '每条车道有道闸', 'a barrier in every lane'),
  row('A-05', 'display', '每条车道有显示屏', 'a display in every lane'),
  row('A-06', 'time', '时钟与时间源核对', 'the clock is compared with a source of time'),
  row('A-07', 'shared', '逐个车位检测(共享车位)', 'sensors below single bays, for shared ones'),
  row('A-08', 'fallback', '消息中断时有 HTTPS 备用通道', 'HTTPS while the broker is out of reach'),
  row('A-09', 'help', '无人值守时可呼叫人员', 'a person can be called'),
  row('A-10', 'copies', '数据另存于本机之外', 'copies of the data beyond the machine'),
  row(
    'A-11',
    'person',
    '预约与共享车位有标志标线',
    'reserved and shared bays are signed and marked',
  ),
  row('A-12', 'person', '入口公示预约须知与收费', 'terms and prices stand at the entry'),
  row('A-13', 'person', '网络与供电有备用', 'network and power have a second way'),
  row('A-14', 'person', '出入口场景图像保存期限符合要求', 'pictures of passages are kept as asked'),
]
