import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../access/access.decorator.js';
import { pageHtml, pagePolicy, pageStyle } from './invitation-page.js';
import { pageScript } from './invitation-page-script.js';

/** The page that the link of an invitation opens. */
@ApiExcludeController()
@Controller('invitation')
export class InvitationPageController {
  @Get()
  @Public()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', pagePolicy)
  page(): string {
    return pageHtml;
  }

  @Get('page.js')
  @Public()
  @Header('content-type', 'text/javascript; charset=utf-8')
  script(): string {
    return pageScript;
  }

  @Get('page.css')
  @Public()
  @Header('content-type', 'text/css; charset=utf-8')
  style(): string {
    return pageStyle;
  }
}
