// Chinese words of looking around: cameras and lane computers on the network, HID devices, and what is
// typed into a camera that pushes. What is wrong and what to do stands in the fault table, by code.

export const seek = {
  seek: {
    title: '网络和 USB 上的设备',
    why: '只在您点击时才发出询问:相机用 ONVIF 和厂商自己的搜索,车道电脑用 mDNS,各听 3 秒。列出 USB 设备不发送任何数据。',
    cards: '使用网卡: {cards}',
    noCards: '没有可用的网卡:插上网线或打开无线网后再找。',
    begin: { cameras: '查找相机', lanes: '查找车道电脑', hid: '列出 USB 设备' },
    at: '只问一个相机地址,例如 192.168.1.64',
    ask: '询问该地址',
    busy: '{what} · {n} 秒,共 {of} 秒',
    cancel: '取消',
    found: {
      cameras: '相机',
      lanes: '车道电脑',
      hid: 'USB 扫码器、读卡器和像键盘一样打字的设备',
      printers: 'USB 打印机',
    },
    none: {
      cameras:
        '没有相机应答。检查供电和网线,相机须在同一网段并打开 ONVIF 或厂商搜索;跨网段时在上面填地址。',
      lanes: '没有车道电脑应答。车道电脑只有指定了网卡才会自报。',
      hid: '没有 USB HID 设备。插上扫码枪或读卡器后再列。',
      printers:
        '没有 USB 打印机。打开电源、插上线后再列;Windows 上先共享打印队列,再到打印机表单里填它的名字。',
    },
    by: { onvif: 'ONVIF 协议', sadp: '海康 (SADP)', dahua: '大华' },
    col: {
      by: '搜索方式',
      address: '地址',
      name: '名称',
      hardware: '型号',
      services: '服务地址',
      lot: '停车场',
      node: '节点',
      version: '版本',
      usb: 'USB 编号',
      maker: '厂商',
      product: '产品',
      link: '在停车场里的地址',
    },
    asked: '大华相机,由本机读取',
    account:
      '先按账号 admin 登录,密码用 etc-lane secret set --name camera 保存;账号和密码名可以在设备表单里改。',
    copy: '复制',
    copied: '已复制',
    camera: {
      title: '车道相机',
      why: '推送的相机:看推到哪里、防火墙放行什么、最近收到什么。要登录的相机:问一次,密码错只试一次。',
      address: '相机的地址 (可不填),例如 192.168.1.64',
      look: '诊断 {lane} 相机',
      looking: '正在询问 {lane} 相机,最多 5 秒',
      type: '填入相机的推送地址',
      card: '网卡',
      noCard: '不能确定:填上相机的地址再诊断',
      windows: 'Windows 防火墙',
      linux: 'Linux 防火墙',
      last: '最近一次推送',
      never: '还没有',
      refused: '最近一次用不上的推送',
      counts: '共 {pushes} 次,无法解读 {bad} 次,拒收来源 {sources} 次,错误路径 {paths} 次',
      fine: '正常',
      neither: '该相机不推送,也不用密码:看顶部的相机状态。',
      status: '相机应答 HTTP {status}',
    },
  },
}
