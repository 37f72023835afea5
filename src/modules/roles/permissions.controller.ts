import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SignedIn } from '../access/access.decorator.js';
import { allPermissions, permissions, rolePermissions, roles } from '../access/permissions.js';
import { PermissionList } from './role.dto.js';

@ApiTags('Accounts')
@Controller('permissions')
export class PermissionsController {
  /** Everything that roles and API tokens can allow, with an explanation and the built-in roles that allow it. */
  @Get()
  @SignedIn()
  list(): PermissionList {
    const items = allPermissions.map((permission) => ({
      permission,
      description: permissions[permission],
      roles: roles.filter((role) => rolePermissions[role].has(permission)),
    }));
    return { items, next_cursor: null };
  }
}
