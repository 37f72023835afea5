import { Module } from '@nestjs/common';
import { HomeController } from './home.controller.js';

/** Pages for people who open the service’s address or a problem’s link in a browser. */
@Module({ controllers: [HomeController] })
export class HomeModule {}
