import { IsIn, IsInt, IsOptional, IsString, IsUUID, Length, MaxLength, Min } from 'class-validator';

/** Largest question, in characters. */
export const longestQuestion = 16_000;

/** What every frame of a client may carry. */
abstract class ClientFrame {
  /** The client's own id: the frame is acknowledged under it. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  id?: string;
}

/** Authenticates a socket that was opened without a token. */
export class HelloFrame extends ClientFrame {
  @IsIn(['hello'])
  type!: 'hello';

  @IsString()
  @MaxLength(4000)
  token!: string;
}

/** A question. With an `id`, sending it again is harmless. */
export class ChatFrame extends ClientFrame {
  @IsIn(['chat'])
  type!: 'chat';

  @IsString()
  @Length(1, longestQuestion)
  content!: string;

  @IsOptional()
  @IsUUID()
  chatbot_id?: string;

  /** Absent: the socket's own conversation, which the first question begins. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  conversation_id?: string;

  /** Absent: the default workspace. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  workspace_id?: string;
}

/** Sends the events of a run after `after`, then goes on with those that come. */
export class SubscribeFrame extends ClientFrame {
  @IsIn(['subscribe'])
  type!: 'subscribe';

  @IsString()
  @Length(1, 100)
  run_id!: string;

  @IsOptional()
  @IsInt()
  @Min(0)
  after: number = 0;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  workspace_id?: string;
}

/** Stops a run: the model and the query, too. */
export class CancelFrame extends ClientFrame {
  @IsIn(['cancel'])
  type!: 'cancel';

  @IsString()
  @Length(1, 100)
  run_id!: string;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  workspace_id?: string;
}

/** Answers what a run asks. */
export class RespondFrame extends ClientFrame {
  @IsIn(['respond'])
  type!: 'respond';

  @IsString()
  @Length(1, 100)
  interrupt_id!: string;

  @IsString()
  @Length(1, 2000)
  value!: string;

  /** The run that asks; absent: the one of this socket that does. */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  run_id?: string;

  @IsOptional()
  @IsString()
  @Length(1, 100)
  workspace_id?: string;
}

/** Answered with `pong`. */
export class PingFrame extends ClientFrame {
  @IsIn(['ping'])
  type!: 'ping';
}

export type Frame = HelloFrame | ChatFrame | SubscribeFrame | CancelFrame | RespondFrame | PingFrame;
