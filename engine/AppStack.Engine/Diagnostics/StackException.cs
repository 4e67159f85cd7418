namespace AppStack.Engine.Diagnostics;

/// <summary>An operation on a stack that cannot be done; the message says what, where and how to fix it.</summary>
public class StackException : Exception
{
    /// <summary>Says what cannot be done and what to do about it.</summary>
    public StackException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
