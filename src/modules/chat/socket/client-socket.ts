import { WebSocket } from 'ws';
import { closeCodes } from './close-codes.js';
import { socketLimits } from './socket-limits.js';

/** What `ws` finds wrong with the bytes of a client, in the service's own codes. */
const ownCodes: Readonly<Record<number, { readonly code: number; readonly reason: string }>> = {
  1007: { code: closeCodes.badFrame, reason: 'Frames are text in UTF-8.' },
  1008: { code: closeCodes.tooLarge, reason: `A frame comes in at most ${socketLimits.fragments} pieces.` },
  1009: { code: closeCodes.tooLarge, reason: `Frames have at most ${socketLimits.frameBytes} bytes.` },
};

/** A client's socket, which closes with the service's own codes also when the protocol itself finds the fault. */
export class ClientSocket extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    const own = code === undefined ? undefined : ownCodes[code];
    super.close(own?.code ?? code, own?.reason ?? reason);
  }
}
