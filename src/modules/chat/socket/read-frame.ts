import { validateSync } from 'class-validator';
import { InvalidRequest } from '../../../platform/errors/common-problems.js';
import { faultsAsParts } from '../../../platform/http/validation.pipe.js';
import {
  CancelFrame,
  ChatFrame,
  FollowAnalysisFrame,
  type Frame,
  HelloFrame,
  PingFrame,
  RespondFrame,
  SubscribeFrame,
} from './frame.dto.js';

/** Every kind of frame that a client may send. */
export const clientFrames = {
  hello: HelloFrame,
  chat: ChatFrame,
  subscribe: SubscribeFrame,
  follow_analysis: FollowAnalysisFrame,
  cancel: CancelFrame,
  respond: RespondFrame,
  ping: PingFrame,
} as const;

/** Faults that one answer names: it is not to be many times the size of the frame. */
const namedFaults = 10;

/** The text is no JSON object with a known type, so that nobody can tell what it was meant to be. */
export class UnreadableFrame extends Error {}

/**
 * Throws `UnreadableFrame`, or `InvalidRequest` for a frame of a known type with faults. A member that is null counts as
 * absent.
 */
export function readFrame(text: string): Frame {
  const members = parse(text);
  const { type } = members;
  if (typeof type !== 'string' || !Object.hasOwn(clientFrames, type))
    throw new UnreadableFrame(`A frame is a JSON object whose type is one of ${Object.keys(clientFrames).join(', ')}.`);
  const frame = new clientFrames[type as Frame['type']]();
  for (const [name, value] of Object.entries(members)) {
    if (name in Object.prototype) throw new InvalidRequest([{ pointer: `/${name}`, detail: 'is not a known field' }]);
    if (value !== null) Object.assign(frame, { [name]: value });
  }
  const faults = validateSync(frame, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  if (faults.length > 0) throw new InvalidRequest(faultsAsParts(faults.slice(0, namedFaults), '/'));
  return frame;
}

function parse(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UnreadableFrame('A frame is a JSON object, and this is not JSON.');
  }
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
