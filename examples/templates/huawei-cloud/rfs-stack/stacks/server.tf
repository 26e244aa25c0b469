terraform {
  required_providers {
    huaweicloud = {
      source  = "huawei.com/provider/huaweicloud"
      version = ">= 1.70.1"
    }
  }
}

variable "image_id" {
  type = string
}

variable "key_pair" {
  type = string
}

variable "cidr" {
  type    = string
  default = "10.40.0.0/16"
}

resource "huaweicloud_vpc" "vpc" {
  name = "vpc-by-ros"
  cidr = var.cidr
}

resource "huaweicloud_vpc_subnet" "subnet" {
  name       = "subnet-by-ros"
  vpc_id     = huaweicloud_vpc.vpc.id
  cidr       = "10.40.1.0/24"
  gateway_ip = "10.40.1.1"
}

resource "huaweicloud_networking_secgroup" "firewall" {
  name = "firewall-by-ros"
}

resource "huaweicloud_networking_secgroup_rule" "https" {
  security_group_id = huaweicloud_networking_secgroup.firewall.id
  direction         = "ingress"
  ethertype         = "IPv4"
  protocol          = "tcp"
  ports             = "443"
  remote_ip_prefix  = "0.0.0.0/0"
}

resource "huaweicloud_compute_instance" "server" {
  name               = "server-by-ros"
  image_id           = var.image_id
  flavor_id          = "s6.small.1"
  key_pair           = var.key_pair
  security_group_ids = [huaweicloud_networking_secgroup.firewall.id]

  network {
    uuid = huaweicloud_vpc_subnet.subnet.id
  }
}

output "server_id" {
  value = huaweicloud_compute_instance.server.id
}

output "vpc_id" {
  value = huaweicloud_vpc.vpc.id
}
