import { ApiHeader } from '@nestjs/swagger';

/** Documents the If-Match header of calls that change something which counts its changes. */
export function IfMatch() {
  return ApiHeader({
    name: 'If-Match',
    required: false,
    description: 'The ETag that the change is based on: if somebody else has changed it meanwhile, 412.',
  });
}
