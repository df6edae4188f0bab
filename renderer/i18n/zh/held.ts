// Chinese words of devices that lanes drive, on the find page: taking over, opening, giving back.
// The words of taking over itself are those of the safety page.

export const held = {
  held: {
    title: '车道正在使用的设备',
    why: '接管后可以在这里打开、检查和设置;归还、到时或关闭窗口后,车道自动收回。',
    notOpen: '已交出,尚未打开',
    opening: '正在打开,等设备应答',
    opened: '已打开',
    open: '打开',
    close: '关闭链路',
    shared:
      '不能接管:这条链路由 {others} 共用,会一起断开。先停止车道程序再操作,或改为各用一条链路。',
    viaShort: '接在相机 {camera} 的输出上',
    via: '道闸接在相机 {camera} 的输出上:连同这台相机的输出和输入一起交出 (链路 {link})。',
    viaReads: '相机继续为 {lanes} 识别车牌。',
    viaNone: '这台相机不为任何车道识别车牌,或由它自己推送。',
  },
}
