// Faults of finding and connecting devices: serial ports, links, networks, camera accounts.
// Rows of the one table in faults.ts; the link doctor's findings are these codes.
import { t } from '../words/fault-text.ts'
import { faultRows } from './fault-rows.ts'

/** Whatever answers there: only antennas are looked for. */
const noAntenna = t(
  '这里只找天线。继电器板、相机、显示屏在这里不作答或答得不同,不说明它们坏了',
  'Only antennas are searched for here. A relay board, a camera or a display gives no answer or a different one; that does not mean it is broken',
)
const testThere = t(
  '别的设备在它自己的表单里测试',
  'Test other kinds of devices in their own forms',
)

/** What most faults of a class mean. */
const means = {
  FIND: t('设备没有连上,车道不能用它', 'The device is not connected, so no lane can use it'),
}

export const findFaults = faultRows(means, {
  'FIND-01': {
    what: t('本机没有串口', 'This computer has no serial port'),
    means: t('只能找到网络设备', 'Only network devices can be found'),
    todo: t(
      '插上 USB 转串口线;仍没有时安装驱动',
      'Plug in the USB serial adapter; if none appears, install its driver',
    ),
  },
  'FIND-02': {
    what: t('没有这个串口', 'This serial port does not exist'),
    todo: t('插好转换器,重新查找', 'Plug the adapter in and search again'),
  },
  'FIND-03': {
    what: t('串口被别的程序占用', 'Another program is using the serial port'),
    todo: t('关闭所示程序后再试', 'Close the program shown and try again'),
  },
  'FIND-04': {
    what: t('没有使用该串口的权限', 'This user has no right to use the serial port'),
    todo: t(
      '把用户加入 dialout 组并重新登录,或安装所示 udev 规则',
      'Add the user to the dialout group and sign in again, or install the udev rule shown',
    ),
  },
  'FIND-05': {
    what: t('串口速率不对', 'The speed of the serial port is wrong'),
    means: t('线路上只有乱码', 'Only garbled data arrives'),
    todo: t('改用所示速率', 'Use the speed shown'),
  },
  'FIND-06': {
    what: t('两根线接反了', 'The two wires of the pair are reversed'),
    means: t('收到的每一位都是反的', 'Every bit arrives inverted'),
    todo: t('对调 A、B 两线', 'Exchange wires A and B'),
  },
  'FIND-07': {
    what: t('没有天线应答', 'No antenna answers'),
    means: noAntenna,
    todo: t(
      `接的是天线时:检查电源、收发线 (TX/RX) 是否交叉、RS-232 与 RS-485 是否混用。${testThere.zh}`,
      `If it is an antenna: check its power, whether TX and RX are crossed, and whether RS-232 and RS-485 are mixed up. ${testThere.en}`,
    ),
  },
  'FIND-08': {
    what: t('有设备应答,不是已知的天线', 'A device answers, but it is not a known antenna'),
    means: noAntenna,
    todo: t(
      `接的是天线时:检查屏蔽与接地,保存样本给技术支持。${testThere.zh}`,
      `If it is an antenna: check the shield and the ground, and keep the sample for support. ${testThere.en}`,
    ),
  },
  'FIND-09': {
    what: t('只收到自己发出的数据', 'Only the data that was sent comes back'),
    todo: t(
      '检查 TX 与 RX 是否短接,转换器是否回显;设备可能断电',
      'Check for a short between TX and RX or an echoing adapter; the device may have no power',
    ),
  },
  'FIND-10': {
    what: t(
      '设备的协议与链路所写不同',
      'The device uses a different protocol from the one named in the link',
    ),
    means: t('车道听不懂这台设备', 'The lane cannot understand this device'),
    todo: t('把链路的 variant 改为所示协议', 'Set the variant in the link to the protocol shown'),
  },
  'FIND-11': {
    what: t(
      '设备地址不在本机任何网段内',
      'The device address is in none of the networks of this computer',
    ),
    means: t('连不到该设备', 'The device cannot be reached'),
    todo: t(
      '给网卡设置同网段的地址,或修改设备地址',
      'Give a network card an address in the same network, or change the device address',
    ),
  },
  'FIND-12': {
    what: t(
      '对方在线,但该端口没有服务',
      'The device is online, but it offers no service on that port',
    ),
    todo: t('核对端口,或重启设备的服务', 'Check the port, or restart the service of the device'),
  },
  'FIND-13': {
    what: t('该地址没有应答', 'There is no answer at that address'),
    todo: t('检查网线、电源、地址', 'Check the cable, the power and the address'),
  },
  'FIND-14': {
    what: t('用户名或密码错误', 'The user name or the password is wrong'),
    means: t(
      '没有车牌;只试一次,以免账号被锁',
      'There are no plates; it was tried only once so that the account is not locked',
    ),
    todo: t('重新写入密码后再试', 'Set the password again, then try again'),
  },
  'FIND-15': {
    what: t(
      '登录凭证 (nonce) 过期,密码是对的',
      'The sign-in challenge (nonce) has expired; the password is right',
    ),
    means: t('自动重新登录,不影响使用', 'It signs in again by itself; nothing is affected'),
    todo: t('不用处理', 'Nothing has to be done'),
  },
  'FIND-16': {
    what: t('相机不用摘要认证 (Digest)', 'The camera does not use Digest authentication'),
    means: t(
      '密码不会以明文发出,所以连不上',
      'The password is never sent in clear text, so there is no connection',
    ),
    todo: t('在相机里启用 Digest 认证', 'Switch Digest authentication on in the camera'),
  },
  'FIND-17': {
    what: t('还没有收到相机推送', 'The camera has not pushed anything yet'),
    means: t('没有车牌,车道等人工', 'There are no plates; cars wait for a person'),
    todo: t(
      '把所示地址填入相机的 HTTP 推送,并放行防火墙',
      'Enter the address shown as the HTTP push address of the camera, and open the firewall',
    ),
  },
  'FIND-18': {
    what: t(
      '接收推送的端口只对本机开放',
      'The port for camera pushes is open to this computer only',
    ),
    means: t('相机推送到不了', 'Pushes of a camera cannot reach it'),
    todo: t(
      '在停车场文件中为推送指定网卡和相机地址',
      'Name the network card and the camera addresses for pushes in the lot file',
    ),
  },
  'FIND-19': {
    what: t('有推送被拒收', 'Some pushes were refused'),
    means: t(
      '来源不在名单内、地址填错,或请求不合规;原因见说明',
      'The sender is not on the list, the push address is wrong, or the request is not valid; the note gives the reason',
    ),
    todo: t(
      '核对相机地址和填入的推送地址',
      'Check the camera address and the push address entered in it',
    ),
  },
  'FIND-20': {
    what: t('设备自报故障', 'The device reports a fault of its own'),
    means: t('已连上,但不能正常工作', 'It is connected but does not work properly'),
    todo: t(
      '按所示状态检查 PSAM 卡和天线头',
      'Check the PSAM and the antenna head according to the state shown',
    ),
  },
  'FIND-21': {
    what: t('正在查找,一次只做一件', 'A search is already running; only one can run at a time'),
    means: t('没有开始新的查找', 'No new search was started'),
    todo: t('等它结束或取消', 'Wait for it, or cancel it'),
  },
  'FIND-22': {
    what: t('演示模式不碰真实设备', 'The demo does not use real devices'),
    means: t('没有查找', 'No search was made'),
    todo: t('切换到工作台再查找', 'Switch to the workbench, then search'),
  },
  'FIND-23': {
    what: t('串口打不开', 'The serial port cannot be opened'),
    todo: t('拔下再插,重新查找', 'Unplug it, plug it in and search again'),
  },
  'FIND-25': {
    what: t(
      '连接被接受后立即断开,没有收到一个字节',
      'The connection was accepted and closed at once, without a byte',
    ),
    means: noAntenna,
    todo: t(
      `接的是天线时:可能已被另一台电脑占用,或端口不对,查串口服务器的连接数和允许名单,核对端口号。${testThere.zh}`,
      `If it is an antenna: another computer may be using it, or the port is wrong; check the port number and the connection limit and allow list of the serial server. ${testThere.en}`,
    ),
  },
  'FIND-24': {
    what: t('推来的内容用不上', 'The pushed content cannot be used'),
    means: t(
      '不是车牌也不是心跳,不算相机在线;原因见说明',
      'It is neither a plate nor a heartbeat, so the camera does not count as online; the note gives the reason',
    ),
    todo: t(
      '核对相机型号、推送格式和所选事件',
      'Check the camera model, the push format and the selected events',
    ),
  },
  'FIND-26': {
    what: t('听不了网络上的车道电脑', 'Lane computers on the network cannot be heard'),
    means: t('没有查找', 'No search was made'),
    todo: t(
      '关掉独占 mDNS 端口 (UDP 5353) 的程序,再找一次',
      'Close the program that holds the mDNS port (UDP 5353), then search again',
    ),
  },
  'FIND-27': {
    what: t('网络上已有同名的车道电脑', 'Another lane computer on the network has this name'),
    means: t('不通告本机,车道照常工作', 'This computer is not announced; its lanes work as usual'),
    todo: t(
      '停掉用同一份资料夹运行的另一台,再启动本机',
      'Stop the other computer that runs a copy of this folder, then restart this one',
    ),
  },
  'FIND-29': {
    what: t('系统里的程序把转换器占走了', 'A program of the system has taken the adapter'),
    means: t(
      '它在时,这个串口打不开,或者根本不出现',
      'While it runs, the serial port cannot be opened or does not exist',
    ),
    todo: t(
      '按所示命令停用它,或加上所示规则,再把转换器拔下插上',
      'Disable it by the command shown, or add the rule shown, then unplug the adapter and plug it in',
    ),
  },
  'FIND-28': {
    what: t(
      '地址上有设备,没有天线应答',
      'There is a device at the address, but no antenna answers',
    ),
    means: noAntenna,
    todo: t(
      `接的是天线时:检查串口服务器后面的接线和速率。${testThere.zh}`,
      `If it is an antenna: check the wiring and the speed behind the serial server. ${testThere.en}`,
    ),
  },
})

export type FindCode = keyof typeof findFaults
