import { ApiProperty } from '@nestjs/swagger';
import { IsString, IsUUID, Length } from 'class-validator';
import { IsOptional } from '../../platform/http/is-optional.js';
import { IsStorable } from '../../platform/http/is-storable.js';

const longestQuestion = 16_000;

/** What every question says, whichever way it comes. */
export abstract class QuestionFields {
  @IsString()
  @IsStorable()
  @Length(1, longestQuestion)
  @ApiProperty({ maxLength: longestQuestion, example: 'How many orders came from Lisbon?' })
  content!: string;

  /** Which chatbot answers; absent: the conversation's. */
  @IsOptional()
  @IsUUID()
  chatbot_id?: string;

  /**
   * The client's own id: sending the question again under the same id gives the same answer.
   * @example "question-1"
   */
  @IsOptional()
  @IsString()
  @IsStorable()
  @Length(1, 100)
  id?: string;
}
