import { ApiPropertyOptional, ApiSchema } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, MaxLength, Min } from 'class-validator';
import { IsOptional } from '../../../platform/http/is-optional.js';
import { IsStorable } from '../../../platform/http/is-storable.js';
import { QuestionFields } from '../question-fields.dto.js';

/** What every other frame of a client may carry. */
export abstract class ClientFrame {
  /** The client's own id: the frame is acknowledged under it. */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 100)
  id?: string;
}

@ApiSchema({ description: 'Authenticates a socket that was opened without a token.' })
export class HelloFrame extends ClientFrame {
  @IsIn(['hello'])
  type!: 'hello';

  @IsString()
  @IsStorable()
  @MaxLength(4000)
  token!: string;
}

@ApiSchema({ description: 'A question. With an `id`, sending it again is harmless.' })
export class ChatFrame extends QuestionFields {
  @IsIn(['chat'])
  type!: 'chat';

  /** Absent: the socket's own conversation in the workspace, which the first question there begins. */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 100)
  conversation_id?: string;

  /** Absent: the default workspace. */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 100)
  workspace_id?: string;
}

@ApiSchema({ description: 'Sends the events of a run after `after`, then goes on with those that come.' })
export class SubscribeFrame extends ClientFrame {
  @IsIn(['subscribe'])
  type!: 'subscribe';

  @IsString()
  @IsStorable()
  @Length(1, 100)
  run_id!: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @ApiPropertyOptional({ type: 'integer', default: 0 })
  after?: number;

  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 100)
  workspace_id?: string;
}

@ApiSchema({ description: 'Sends the events of an analysis after `after`, then goes on with those that come.' })
export class FollowAnalysisFrame extends ClientFrame {
  @IsIn(['follow_analysis'])
  type!: 'follow_analysis';

  @IsString()
  @IsStorable()
  @Length(1, 100)
  request_id!: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  @ApiPropertyOptional({ type: 'integer', default: 0 })
  after?: number;

  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 100)
  workspace_id?: string;
}

@ApiSchema({ description: 'Stops a run: the model and the query, too.' })
export class CancelFrame extends ClientFrame {
  @IsIn(['cancel'])
  type!: 'cancel';

  @IsString()
  @IsStorable()
  @Length(1, 100)
  run_id!: string;

  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 100)
  workspace_id?: string;
}

@ApiSchema({ description: 'Answers what a run asks.' })
export class RespondFrame extends ClientFrame {
  @IsIn(['respond'])
  type!: 'respond';

  @IsString()
  @IsStorable()
  @Length(1, 100)
  interrupt_id!: string;

  @IsString()
  @IsStorable()
  @Length(1, 2000)
  value!: string;

  /** The run that asks; absent: the one of this socket that does. */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 100)
  run_id?: string;

  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 100)
  workspace_id?: string;
}

@ApiSchema({ description: 'Answered with `pong`.' })
export class PingFrame extends ClientFrame {
  @IsIn(['ping'])
  type!: 'ping';
}

export type Frame =
  HelloFrame | ChatFrame | SubscribeFrame | FollowAnalysisFrame | CancelFrame | RespondFrame | PingFrame;
