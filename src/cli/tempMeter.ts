export class LoudnessMeter {
  constructor(_rate: number) {}
  add(_l: Float32Array, _r: Float32Array): void {}
  integratedLufs(): number {
    return 0;
  }
  truePeakDb(): number {
    return 0;
  }
  maxEmergenceDb(): number {
    return 0;
  }
}
