// Faults of tests of the data link: network cards, names, peers and their clocks.
// Rows of the one table in faults.ts.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

const untested = t('该项尚未测试,车道照常', 'That row stays open; the lanes go on')

export const linkTestFaults = {
  'NET-01': {
    what: t('本机没有这个网络接口', 'This machine has no such network interface'),
    means: untested,
    todo: t('从所示接口中选择', 'Choose one of those shown'),
  },
  'NET-02': {
    what: t('域名解析失败', 'The name could not be looked up'),
    means: untested,
    todo: t('检查 DNS,或直接写地址', 'Check the DNS server, or give an address'),
  },
  'NET-03': {
    what: t('对端不是 probe-server', 'The peer is no probe-server'),
    means: t(
      '单向时延和速率未测;不以往返时延折半代替',
      'One-way times and rates are not measured; half of a round trip is not taken for them',
    ),
    todo: t(
      '在对端运行 etc-lane probe-server,核对地址和端口',
      'Run etc-lane probe-server there, check address and port',
    ),
  },
  'NET-04': {
    what: t('对端拒绝了这次测试', 'The peer refuses this test'),
    means: untested,
    todo: t('稍后再试,或缩短测试', 'Try again later, or make the test shorter'),
  },
  'NET-05': {
    what: t('对端的时间戳或应答不可能为真', 'What the peer stamps or says cannot be true'),
    means: t('结果不可信,未记录', 'The result would be wrong and is not recorded'),
    todo: t('先对时,或去掉 --clocks-within', 'Set the clocks first, or leave --clocks-within out'),
  },
  'NET-06': {
    what: t(
      '本机不允许 ICMP,又没有可连接的端口',
      'ICMP is not allowed and there is no port instead',
    ),
    means: untested,
    todo: t('写成 主机:端口,以 TCP 测试', 'Give HOST:PORT to test by TCP'),
  },
  'NET-07': {
    what: t('测试中途断开', 'The test broke off'),
    means: t(
      '单向时延记录到断开为止,速率不记录',
      'One-way times up to then are recorded, a rate is not',
    ),
    todo: t('检查链路后重测', 'Check the link and test again'),
  },
  'NET-08': {
    what: t('不能在所示地址监听', 'Cannot listen at the address shown'),
    means: t('probe-server 没有启动', 'The probe-server does not start'),
    todo: t(
      '本机以外须写明 --interface 和 --allow',
      'Beyond this machine name --interface and --allow',
    ),
  },
  'NET-09': {
    what: t('服务器证书有问题', 'There is a problem with the server’s certificate'),
    means: untested,
    todo: t(
      '更正证书或用 --ca 指明其颁发者;不要求严格时照测并注明',
      'Have it mended, or name its authority with --ca; without the strict test it is timed and told',
    ),
  },
} as const satisfies Record<string, FaultRow>
