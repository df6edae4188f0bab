// Faults of tests of the data link: network cards, names, peers and their clocks.
// Rows of the one table in faults.ts.
import { t } from '../values/fault-text.ts'
import type { FaultRow } from '../values/fault-text.ts'

const untested = t(
  '该项尚未测试,车道照常',
  'This item has not been tested yet; the lanes keep running',
)

export const linkTestFaults = {
  'NET-01': {
    what: t('本机没有这个网络接口', 'This computer has no such network interface'),
    means: untested,
    todo: t('从所示接口中选择', 'Choose one of the interfaces shown'),
  },
  'NET-02': {
    what: t('域名解析失败', 'The host name could not be resolved'),
    means: untested,
    todo: t('检查 DNS,或直接写地址', 'Check the DNS server, or enter an address'),
  },
  'NET-03': {
    what: t('对端不是 probe-server', 'The peer is not a probe-server'),
    means: t(
      '单向时延和速率未测;不以往返时延折半代替',
      'One-way latency and rate were not measured; half of a round trip is not used instead',
    ),
    todo: t(
      '在对端运行 etc-lane probe-server,核对地址和端口',
      'Run etc-lane probe-server on the peer and check the address and the port',
    ),
  },
  'NET-04': {
    what: t('对端拒绝了这次测试', 'The peer refused this test'),
    means: untested,
    todo: t('稍后再试,或缩短测试', 'Try again later, or make the test shorter'),
  },
  'NET-05': {
    what: t('对端的时间戳或应答不可能为真', 'The timestamps or answers of the peer cannot be true'),
    means: t('结果不可信,未记录', 'The result cannot be trusted and was not recorded'),
    todo: t(
      '先对时,或去掉 --clocks-within',
      'Synchronise the clocks first, or leave out --clocks-within',
    ),
  },
  'NET-06': {
    what: t(
      '本机不允许 ICMP,又没有可连接的端口',
      'ICMP is not allowed on this computer, and there is no port to connect to instead',
    ),
    means: untested,
    todo: t('写成 主机:端口,以 TCP 测试', 'Enter HOST:PORT to test by TCP'),
  },
  'NET-07': {
    what: t('测试中途断开', 'The test was interrupted'),
    means: t(
      '单向时延记录到断开为止,速率不记录',
      'One-way latency up to that moment is recorded; the rate is not',
    ),
    todo: t('检查链路后重测', 'Check the link, then test again'),
  },
  'NET-08': {
    what: t('不能在所示地址监听', 'The program cannot listen at the address shown'),
    means: t('probe-server 没有启动', 'The probe-server did not start'),
    todo: t(
      '本机以外须写明 --interface 和 --allow',
      'To listen beyond this computer, give --interface and --allow',
    ),
  },
  'NET-09': {
    what: t('服务器证书有问题', 'There is a problem with the server’s certificate'),
    means: untested,
    todo: t(
      '更正证书或用 --ca 指明其颁发者;不要求严格时照测并注明',
      'Correct the certificate, or name its issuer with --ca; if the strict test is not required, the test is made and the problem is noted',
    ),
  },
} as const satisfies Record<string, FaultRow>
