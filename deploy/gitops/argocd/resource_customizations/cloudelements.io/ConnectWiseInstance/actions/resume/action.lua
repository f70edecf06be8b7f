-- Ends a suspension. False and not absent: a manifest that says false shows no difference, nor does one that says nothing.
obj.spec.suspend = false
return obj
