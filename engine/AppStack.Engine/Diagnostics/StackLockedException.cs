using System.Collections.Immutable;
using AppStack.Engine.Backend;

namespace AppStack.Engine.Diagnostics;

/// <summary>Somebody else is changing the stack.</summary>
public sealed class StackLockedException : StackException
{
    /// <summary>Says who holds the lock.</summary>
    public StackLockedException(string stack, ImmutableArray<LockOwner> owners)
        : base($"The stack '{stack}' is locked by {string.Join(" and by ", owners)}. "
            + "Wait until that operation ends; if it is certainly gone, `appstack cancel` removes the lock.") => Owners = owners;

    /// <summary>Who holds the lock.</summary>
    public ImmutableArray<LockOwner> Owners { get; }
}
