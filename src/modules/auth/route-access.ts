import { Injectable, type OnApplicationBootstrap, RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { type Access, accessMetadata } from '../access/access.decorator.js';

export interface Route {
  /** `GET`, `POST` … */
  readonly method: string;
  /** Controller and handler, such as `QueriesController.run`. */
  readonly handler: string;
  readonly path: string;
  readonly access: Access | undefined;
}

/** Refuses to start while a route says nothing about who may call it. */
@Injectable()
export class RouteAccess implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const undeclared = this.routes().filter(({ access }) => access === undefined);
    if (undeclared.length > 0) {
      throw new Error(`These routes declare no access: ${undeclared.map(({ handler }) => handler).join(', ')}`);
    }
  }

  /** Every route of every controller. */
  routes(): Route[] {
    return this.discovery.getControllers().flatMap(({ instance, metatype }) => {
      if (!instance || !metatype) return [];
      const prototype = Object.getPrototypeOf(instance) as Record<string, () => unknown>;
      return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
        const handler = prototype[name]!;
        const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
        if (method === undefined) return [];
        const access = this.reflector.getAllAndOverride<Access | undefined>(accessMetadata, [
          handler,
          metatype as () => unknown,
        ]);
        const path = [Reflect.getMetadata(PATH_METADATA, metatype), Reflect.getMetadata(PATH_METADATA, handler)]
          .flat()
          .join('/');
        return [{ method: RequestMethod[method], handler: `${metatype.name}.${name}`, path, access }];
      });
    });
  }
}
