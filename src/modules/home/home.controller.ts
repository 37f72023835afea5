import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { declaredProblems, problem, type ProblemKind } from '../../platform/errors/problem.js';
import { Public } from '../access/access.decorator.js';

class ProblemKindNotFound extends problem({
  slug: 'problem-not-found',
  title: 'There is no such kind of problem',
  status: 404,
  help: 'GET /problems lists every kind of problem that the service reports.',
}) {
  constructor(slug: string) {
    super(`There is no kind of problem called ${slug}.`);
  }
}

/** The pages that the `type` of a problem document leads to. */
@ApiExcludeController()
@Controller()
export class HomeController {
  /** Every kind of problem, with what to do about it. */
  @Get('problems')
  @Public()
  problems(@Res() reply: FastifyReply): void {
    sendPage(reply, 'Problems', declaredProblems().map(section).join('\n'));
  }

  /** One kind of problem. */
  @Get('problems/:slug')
  @Public()
  problem(@Param('slug') slug: string, @Res() reply: FastifyReply): void {
    const kind = declaredProblems().find((each) => each.slug === slug);
    if (!kind) throw new ProblemKindNotFound(slug);
    sendPage(reply, kind.title, section(kind));
  }
}

function section({ slug, title, status, help }: ProblemKind): string {
  return `<h2>${escape(title)}</h2>\n<p><code>${escape(slug)}</code>, status ${status}</p>\n<p>${escape(help)}</p>`;
}

function sendPage(reply: FastifyReply, title: string, body: string): void {
  void reply
    .header('content-type', 'text/html; charset=utf-8')
    .send(
      `<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>${escape(title)} – Tabletalk</title>\n${body}\n</html>\n`,
    );
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
