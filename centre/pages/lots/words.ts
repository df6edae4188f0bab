// Words of the page of all lots.
import { t } from '../../../firmware-runtime/core/values/fault-text.ts'

export const words = {
  sum: t('{lots} 个停车场 · 已收 {rows} 行', 'Car parks: {lots} · rows received: {rows}'),
  newest: t('最近一次收到:', 'Last received:'),
  asking: t('请求加入', 'Asking to join'),
  askingWhy: t(
    '和停车场屏幕上的六位数字一样才接受。',
    'Accept only if the car park shows the same six digits.',
  ),
  from: t('来自 {address}', 'from {address}'),
  asked: t('{age}前请求', 'asked {age} ago'),
  replaces: t(
    '▲ 这个停车场已有密钥:接受后,旧密钥立即失效',
    '▲ This car park has keys: they end at once when this request is accepted',
  ),
  accept: t('接受', 'Accept'),
  refuse: t('拒绝', 'Refuse'),
  acceptTitle: t('接受 {name}', 'Accept {name}'),
  acceptAsk: t('停车场的屏幕上也是这六位数字吗?', 'Does the car park show these six digits too?'),
  acceptEffect: t(
    '接受后,它得到证书,开始发送记录。数字不一样就拒绝:可能是别人冒充。',
    'It gets its certificates and begins to send its rows. If the digits differ, refuse: it may be an impostor.',
  ),
  acceptDo: t('数字一样,接受', 'Same digits, accept'),
  refuseTitle: t('拒绝 {name}', 'Refuse {name}'),
  refuseEffect: t(
    '这次请求结束,停车场会看到被拒绝;它可以再次请求。',
    'This request ends and the car park sees the refusal; it may ask again.',
  ),
  refuseDo: t('拒绝请求', 'Refuse request'),
  head: {
    name: t('停车场', 'Car park'),
    state: t('状态', 'State'),
    heard: t('最近收到', 'Last received'),
    fen: t('今日收费', 'Takings today'),
    inside: t('场内 / 车位', 'Inside / spaces'),
    free: t('空位', 'Free'),
    devicesDown: t('设备失联', 'Devices lost'),
    waiting: t('等人的车', 'Cars waiting'),
    toCome: t('没计入的行', 'Rows to come'),
    matters: t('待办', 'To do'),
    keys: t('密钥有效期至', 'Keys end'),
  },
  search: t('按名称或编号查找', 'Find by name or id'),
  noneFound: t('没有符合的停车场', 'No car park matches'),
  emptyTitle: t('还没有停车场', 'No car parks yet'),
  empty: t(
    '停车场自己来加入:在它的设置里填写运营中心的接入地址,它就会在这里出现,并显示六位数字。',
    'Car parks join by themselves: enter the address of the centre in the settings of a car park, and it appears here with six digits.',
  ),
  emptyDoor: t('接入地址:{address}', 'Address for car parks: {address}'),
  database: t('数据库', 'Database'),
  version: t('PostgreSQL {version} · {size}', 'PostgreSQL {version} · {size}'),
  month: t('分区', 'Partition'),
  size: t('大小', 'Size'),
}
