// Words of looking around: cameras and lane computers on the network, HID devices, and what is
// typed into a camera that pushes. What is wrong and what to do stands in the fault table, by code.
import { t } from '#base/pure/words/fault-text.ts'

export const seek = {
  title: t('网络和 USB 上的设备', 'Devices on the network and on USB'),
  why: t(
    '只在您点击时才发出询问:相机用 ONVIF 和厂商自己的搜索,车道电脑用 mDNS,各听 3 秒。列出 USB 设备不发送任何数据。',
    "Nothing is sent until you click: cameras are searched by ONVIF and the maker's own search, lane computers by mDNS, 3 s each. Listing USB devices sends nothing.",
  ),
  cards: t('使用网卡: {cards}', 'Network cards used: {cards}'),
  noCards: t(
    '没有可用的网卡:插上网线或打开无线网后再找。',
    'No network card available: plug in the cable or switch on Wi-Fi, then search.',
  ),
  begin: {
    cameras: t('查找相机', 'Find cameras'),
    lanes: t('查找车道电脑', 'Find lane computers'),
    hid: t('列出 USB 设备', 'List USB devices'),
  },
  at: t('只问一个相机地址,例如 192.168.1.64', 'One camera address only, for example 192.168.1.64'),
  ask: t('询问该地址', 'Ask this address'),
  busy: t('{what} · {n} 秒,共 {of} 秒', '{what} · {n} s of {of} s'),
  found: {
    cameras: t('相机', 'Cameras'),
    lanes: t('车道电脑', 'Lane computers'),
    hid: t(
      'USB 扫码器、读卡器和像键盘一样打字的设备',
      'USB scanners, card readers and keyboard-like devices',
    ),
    printers: t('USB 打印机', 'USB printers'),
  },
  none: {
    cameras: t(
      '没有相机应答。检查供电和网线,相机须在同一网段并打开 ONVIF 或厂商搜索;跨网段时在上面填地址。',
      "No camera answered. Check power and cable; the camera must be on the same network with ONVIF or the maker's search switched on. For another network, enter its address above.",
    ),
    lanes: t(
      '没有车道电脑应答。车道电脑只有指定了网卡才会自报。',
      'No lane computer answered. A lane computer announces itself only if a network card was named for it.',
    ),
    hid: t(
      '没有 USB HID 设备。插上扫码枪或读卡器后再列。',
      'No USB HID devices. Plug in the scanner or card reader, then list again.',
    ),
    printers: t(
      '没有 USB 打印机。打开电源、插上线后再列;Windows 上先共享打印队列,再到打印机表单里填它的名字。',
      'No USB printers. Switch the printer on, plug it in and list again; on Windows, first share its print queue, then enter its name in the printer form.',
    ),
  },
  by: {
    onvif: t('ONVIF 协议', 'ONVIF'),
    sadp: t('海康 (SADP)', 'Hikvision (SADP)'),
    dahua: t('大华', 'Dahua'),
  },
  col: {
    by: t('搜索方式', 'Found by'),
    address: t('地址', 'Address'),
    name: t('名称', 'Name'),
    hardware: t('型号', 'Model'),
    services: t('服务地址', 'Service address'),
    lot: t('停车场', 'Lot'),
    node: t('节点', 'Node'),
    version: t('版本', 'Version'),
    usb: t('USB 编号', 'USB number'),
    maker: t('厂商', 'Maker'),
    product: t('产品', 'Product'),
    link: t('在停车场里的地址', 'Address in the car park'),
  },
  asked: t('大华相机,由本机读取', 'Dahua camera, read by this computer'),
  account: t(
    '先按账号 admin 登录;账号可改,密码在开通的设备表单里填,填好就能测试。',
    'Signs in as admin at first; change the account and enter the password in the device form of the set-up, then test it there.',
  ),
  camera: {
    title: t('车道相机', 'Lane cameras'),
    why: t(
      '推送的相机:看推到哪里、防火墙放行什么、最近收到什么。要登录的相机:问一次,密码错只试一次。',
      'Cameras that push: shows where they push, what the firewall must allow and what arrived last. Cameras with a sign-in: asked once; a wrong password is tried only once.',
    ),
    address: t(
      '相机的地址 (可不填),例如 192.168.1.64',
      'Camera address (optional), for example 192.168.1.64',
    ),
    look: t('诊断 {lane} 相机', 'Diagnose camera {lane}'),
    looking: t('正在询问 {lane} 相机,最多 5 秒', 'Asking camera {lane}, at most 5 s'),
    type: t('填入相机的推送地址', 'Push address'),
    card: t('网卡', 'Network card'),
    noCard: t(
      '不能确定:填上相机的地址再诊断',
      'not known: enter the camera address and diagnose again',
    ),
    firewall: t('防火墙', 'Firewall'),
    lets: t('要放行到 TCP 端口 {port} 的推送', 'must let pushes to TCP port {port} through'),
    toMachine: t('装服务时一并放行', 'Installing the service does it'),
    last: t('最近一次推送', 'Last push'),
    never: t('还没有', 'none yet'),
    refused: t('最近一次用不上的推送', 'Last push that could not be used'),
    counts: t(
      '共 {pushes} 次,无法解读 {bad} 次,拒收来源 {sources} 次,错误路径 {paths} 次',
      '{pushes} in total, {bad} unreadable, {sources} from refused sources, {paths} to wrong paths',
    ),
    fine: t('正常', 'normal'),
    neither: t(
      '该相机不推送,也不用密码:看顶部的相机状态。',
      'This camera neither pushes nor uses a password: see its state in the top bar.',
    ),
    status: t('相机应答 HTTP {status}', 'The camera answers HTTP {status}'),
  },
}
