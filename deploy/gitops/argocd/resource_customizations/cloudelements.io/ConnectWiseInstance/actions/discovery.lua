-- The actions that fit the state. A confirmation is offered when the resource waits for one and its status or spec
-- names the instance; a changed account (AccountChanged) is confirmed by hand, with the fingerprint from the message.
local actions = {}

if obj.spec.suspend == true then
  actions["resume"] = {}
  return actions
end
actions["reconcile"] = {}
actions["suspend"] = {}

if obj.status == nil or obj.status.conditions == nil or obj.status.observedGeneration ~= obj.metadata.generation then
  return actions
end
if obj.spec.managementPolicy ~= nil and obj.spec.managementPolicy ~= "Manage" then
  return actions
end
local reason
for _, condition in ipairs(obj.status.conditions) do
  if condition.type == "Stalled" and condition.status == "True" then
    reason = condition.reason
  end
end

local known, named = obj.status.instanceId, obj.spec.adoptInstanceId
if reason == "RecreationHeld" or reason == "RecreationDelayed" then
  if known ~= nil then
    actions["confirm-recreate"] = {}
  end
elseif reason == "NotFound" then
  if named ~= nil then
    actions["confirm-recreate"] = {}
  end
elseif reason == "DeletionHeld" then
  if known ~= nil then
    actions["confirm-deletion"] = {}
  end
elseif reason == "OwnedByAnother" or reason == "OwnershipNotShown" then
  local instance = known or named
  local ambiguous = known ~= nil and named ~= nil and known ~= named
  -- one that was followed once is void
  local spent = instance ~= nil and obj.status.lastHandledTakeOver == tostring(instance)
  if instance ~= nil and not ambiguous and not spent then
    actions["take-over"] = {}
  end
end
return actions
