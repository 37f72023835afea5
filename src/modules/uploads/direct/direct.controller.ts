import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '../../access/access.decorator.js';
import { type Caller, CurrentCaller } from '../../access/caller.js';
import { Upload } from '../upload.dto.js';
import { DirectAddress, DirectPartAddresses, DirectUpload, NewDirectUpload, WantedParts } from './direct.dto.js';
import { DirectService } from './direct.service.js';

/** Files that pass between clients and S3 themselves, at addresses which the service signs. Elsewhere 409. */
@ApiTags('Data in')
@Controller('uploads/direct')
export class DirectController {
  constructor(private readonly direct: DirectService) {}

  /**
   * Announce a file that you will put into S3 yourself.
   *
   * Cut it into parts of `part_bytes`, ask for addresses of parts, send each part with PUT, and complete the upload. Parts
   * may be sent in any order, side by side, and again. An upload that is not completed within a day is gone.
   */
  @Post()
  @HttpCode(201)
  @RequirePermission('uploads:write')
  begin(@CurrentCaller() caller: Caller, @Body() { file_name, bytes }: NewDirectUpload): Promise<DirectUpload> {
    return this.direct.begin(caller, file_name, bytes);
  }

  /** Addresses to which parts can be sent with PUT, up to a hundred at once. They expire: ask for more as you go on. */
  @Post(':upload_id/parts')
  @HttpCode(200)
  @RequirePermission('uploads:write')
  parts(
    @CurrentCaller() caller: Caller,
    @Param('upload_id') uploadId: string,
    @Body() { part_numbers }: WantedParts,
  ): Promise<DirectPartAddresses> {
    return this.direct.parts(caller, uploadId, part_numbers);
  }

  /**
   * Make the parts one file, an upload like all others. The service reads it once for its hash and first rows.
   *
   * May be repeated: when parts are missing (409) after sending them, and when the answer was lost.
   */
  @Post(':upload_id/complete')
  @HttpCode(200)
  @RequirePermission('uploads:write')
  complete(@CurrentCaller() caller: Caller, @Param('upload_id') uploadId: string): Promise<Upload> {
    return this.direct.complete(caller, uploadId);
  }

  /** Where the file of an upload, however it came, can be fetched from S3 with GET. */
  @Get(':upload_id')
  @RequirePermission('uploads:read')
  file(@CurrentCaller() caller: Caller, @Param('upload_id') uploadId: string): Promise<DirectAddress> {
    return this.direct.file(caller, uploadId);
  }
}
