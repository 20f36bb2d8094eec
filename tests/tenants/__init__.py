"""Tenants, their trees and their people."""
