// Faults of reading clocks and modems for a survey, of tests of the data link (network cards, names, peers and their
// clocks), of the own clock of the lot, and of lanes that stood still. Codes are never reused.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

const notJudged = t(
  '本项未测,报告中为未完成',
  'This item was not measured; the report shows it as incomplete',
)

/** What most faults of a class mean. */
const means = {
  CLOCK: notJudged,
  MODEM: notJudged,
  NET: t('该项尚未测试,车道照常', 'This item has not been tested yet; the lanes keep running'),
}

export const clockFaults = faultRows(means, {
  'CLOCK-01': {
    what: t('授时服务器没有应答', 'The time server does not answer'),
    todo: t('检查地址、网络和 UDP 123 端口', 'Check address, network and UDP port 123'),
  },
  'CLOCK-02': {
    what: t('授时服务器的应答不可信', 'The answers of the time server cannot be trusted'),
    todo: t(
      '服务器未同步或以本机时钟为准,换一台授时服务器',
      'The server is not synchronised or follows its own clock: use another time server',
    ),
  },
  'CLOCK-03': {
    what: t('授时服务器要求停止或放慢询问', 'The time server asks for fewer requests, or for none'),
    todo: t('换一台服务器,或加大询问间隔', 'Use another server, or a longer query interval'),
  },
  'CLOCK-04': {
    what: t('接收机没有语句', 'The receiver sends no sentences'),
    todo: t('检查接线、端口和波特率', 'Check wiring, port and speed'),
  },
  'CLOCK-05': {
    what: t('接收机未定位,时间不可用', 'The receiver has no fix, so its time cannot be used'),
    todo: t(
      '把天线移到能看见天空处,等待定位',
      'Move the aerial to a place with a clear view of the sky and wait for a fix',
    ),
  },
  'CLOCK-06': {
    what: t('接收机的时间发生跳变', 'The time of the receiver has jumped'),
    means: t('跳变前的读数不计入', 'Readings before the jump do not count'),
    todo: t('等接收机稳定后重测', 'Wait until the receiver is stable, then measure again'),
  },
  'CLOCK-07': {
    what: t(
      '本机没有运行 chrony,或它未同步',
      'chrony is not running on this computer, or it is not synchronised',
    ),
    todo: t('改用 SNTP 询问服务器', 'Ask the server by SNTP instead'),
  },
  'CLOCK-08': {
    what: t('时钟没有待核对的情况', 'There is nothing to confirm about the clock'),
    means: t('没有改动,车道照常计价', 'Nothing was changed; the lanes calculate prices as usual'),
    todo: t('无需操作', 'Nothing has to be done'),
  },
  'CLOCK-09': {
    what: t('本机时钟需要人工核对', 'The clock of this computer must be checked by a person'),
    means: t(
      '授时源没有应答、互相矛盾,或相差太大;时钟没有改动',
      'The time sources did not answer, contradict each other, or differ too much; the clock was not changed',
    ),
    todo: t(
      '在系统页查看相差和要执行的命令,车道无车时执行',
      'See the difference and the command on the system page, and run the command while the lanes are empty',
    ),
  },
  'CLOCK-10': {
    what: t(
      '接收机的日期早了 1,024 周(GPS 周数翻转)',
      "The receiver's date is 1,024 weeks behind (GPS week rollover)",
    ),
    todo: t('升级接收机的固件或更换接收机', 'Update the firmware of the receiver, or replace it'),
  },
  'RUN-06': {
    what: t(
      '车道停顿过:这台电脑休眠了、被暂停,或忙得什么都没做',
      'The lanes stood still: this computer slept, was paused, or was too busy for anything',
    ),
    means: t(
      '停顿期间没有扣费也没有抬杆;当时在车道里的车按超时处理,没有答复的扣费和支付先查结果,不会再收一次',
      'Nothing was charged or opened meanwhile; for a car that stood in a lane all waits are over: a charge or payment without an answer is queried and not made again',
    ),
    todo: t(
      '到当时有车的车道看一看;不要让这台电脑休眠,虚拟机不要暂停',
      'Look at the lanes that had a car then; keep this computer from sleeping, and a virtual machine from being paused',
    ),
    command: 'doctor --service --data DIR',
  },
  'MODEM-01': {
    what: t('调制解调器没有应答', 'The modem does not answer'),
    todo: t('检查端口、波特率和电源', 'Check port, speed and power'),
  },
  'MODEM-05': {
    what: t('调制解调器有应答,但读不懂', 'The modem answered, but the answer was not understood'),
    todo: t(
      '核对端口上接的是不是调制解调器,以及波特率和资料',
      'Check that the device on this port is a modem, and check speed and profile',
    ),
  },
  'MODEM-02': {
    what: t('调制解调器没有可用的小区', 'The modem has no cell that it can use'),
    todo: t('检查 SIM 卡、天线和覆盖', 'Check SIM card, aerial and coverage'),
  },
  'MODEM-03': {
    what: t('调制解调器不报告 RSRP 和 SINR', 'The modem reports neither RSRP nor SINR'),
    todo: t('选择适合该型号的资料', 'Choose the profile that fits this model'),
  },
  'MODEM-04': {
    what: t('本机没有 ModemManager', 'ModemManager is not installed on this computer'),
    todo: t('改用串口 AT 读取', 'Read the modem through AT commands on its serial port'),
  },
  'NET-01': {
    what: t('本机没有这个网络接口', 'This computer has no such network interface'),
    todo: t('从所示接口中选择', 'Choose one of the interfaces shown'),
  },
  'NET-02': {
    what: t('域名解析失败', 'The host name could not be resolved'),
    todo: t('检查 DNS,或直接写地址', 'Check the DNS server, or enter an address'),
  },
  'NET-03': {
    what: t('对端不是 probe-server', 'The peer is not a probe-server'),
    means: t(
      '单向时延和速率未测;不以往返时延折半代替',
      'One-way latency and rate were not measured; half of a round trip is not used instead',
    ),
    todo: t(
      '在对端启动对测程序,核对地址和端口',
      'Start the program that answers on the peer, and check the address and the port',
    ),
    command: 'probe-server',
  },
  'NET-04': {
    what: t('对端拒绝了这次测试', 'The peer refused this test'),
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
    todo: t(
      '更正证书或用 --ca 指明其颁发者;不要求严格时照测并注明',
      'Correct the certificate, or name its issuer with --ca; if the strict test is not required, the test is made and the problem is noted',
    ),
  },
})
