using AppStack.Engine.Diagnostics;

namespace AppStack.Engine.Plans;

/// <summary>A plan file that cannot be used: not there, not readable, or made for another stack. Nothing was changed.</summary>
public sealed class InvalidPlanException : StackException
{
    /// <summary>Says what is wrong with the plan.</summary>
    public InvalidPlanException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
